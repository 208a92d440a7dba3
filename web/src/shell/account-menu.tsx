import { useState } from 'react';
import { signOut, useSession } from '../api/session.js';
import { Button } from '../ui/button.js';
import { Select } from '../ui/field.js';
import { shortcutsOn, switchShortcuts } from '../lib/shortcuts.js';

const THEMES = [
  ['', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

/** Kept here and read before the first paint: see `public/theme.js`. */
const THEME = 'sla:theme';

const applyTheme = (theme: string): void => {
  localStorage.setItem(THEME, theme);
  if (theme === '') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
};

export const AccountMenu = () => {
  const { subject, organization, roles, timeZone } = useSession();
  const [theme, setTheme] = useState(() => localStorage.getItem(THEME) ?? '');
  const [keys, setKeys] = useState(shortcutsOn);
  return (
    <>
      <button type="button" className="button quiet" popoverTarget="account">
        {subject.split('@')[0]} <span aria-hidden="true">▾</span>
      </button>
      {/* The browser closes it with Escape, and when one clicks or goes elsewhere. */}
      <div id="account" popover="auto" className="menu">
        <div>
          <strong>{subject}</strong>
          <p className="soft small">
            {organization} · {roles.join(', ')}
            <br />
            Times of the organization: {timeZone}
          </p>
        </div>
        <Select
          label="Appearance"
          options={THEMES}
          value={theme}
          onChange={({ target }) => {
            setTheme(target.value);
            applyTheme(target.value);
          }}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={keys}
            onChange={({ target }) => {
              setKeys(target.checked);
              switchShortcuts(target.checked);
            }}
          />
          Single-key shortcuts
        </label>
        <Button onClick={() => void signOut()}>Sign out</Button>
      </div>
    </>
  );
};

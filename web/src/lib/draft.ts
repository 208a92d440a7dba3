import { useCallback, useState } from 'react';

/** Work in progress that outlives a reload and an expired session, in this tab alone. */
export const useDraft = <T>(name: string, initial: T): [T, (next: T) => void, () => void] => {
  const key = `sla:draft:${name}`;
  const [value, setValue] = useState<T>(() => {
    const kept = sessionStorage.getItem(key);
    return kept === null ? initial : (JSON.parse(kept) as T);
  });
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      sessionStorage.setItem(key, JSON.stringify(next));
    },
    [key],
  );
  const drop = useCallback(() => {
    setValue(initial);
    sessionStorage.removeItem(key);
    // The initial value is written where it is used, and means the same on every render.
  }, [key]);
  return [value, keep, drop];
};

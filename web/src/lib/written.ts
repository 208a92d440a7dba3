import { useState } from 'react';

/** What is being written into a field; it gives way when the value behind the field becomes another. */
export const useWritten = (value: string): [string, (next: string) => void] => {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    setText(value);
  }
  return [text, setText];
};

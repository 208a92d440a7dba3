/** What stands in a text field of a form; empty: nothing, or no such field. */
export const formText = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** Several texts in one cell, `a|b`; a bar or backslash of their own is written `\|`, `\\`. */
export const writeListCell = (items: readonly string[]): string =>
  items.map((item) => item.replace(/[\\|]/g, '\\$&')).join('|');

export const readListCell = (cell: string): readonly string[] =>
  (cell.match(/(?:\\.|[^\\|])+/gsu) ?? [])
    .map((item) => item.replace(/\\(.)/gsu, '$1').trim())
    .filter((item) => item !== '');

export interface ChannelName {
  readonly channel: string;
  /** Key of the coverage outside which the channel is closed. */
  readonly coverage?: string;
}

/** `phone@24x7`: the channel, and the coverage it is open in where it has one of its own. The last `@` counts. */
export const writeChannel = ({ channel, coverage }: ChannelName): string =>
  coverage !== undefined || channel.includes('@') ? `${channel}@${coverage ?? ''}` : channel;

export const readChannel = (item: string): ChannelName => {
  const at = item.lastIndexOf('@');
  if (at < 0) return { channel: item };
  const coverage = item.slice(at + 1).trim();
  return { channel: item.slice(0, at).trim(), ...(coverage === '' ? {} : { coverage }) };
};

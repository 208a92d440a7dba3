/** What the fields of every kind of content take, whether it is proposed or revised. */
export interface FieldsProps<Content> {
  readonly content: Content;
  readonly onChange: (next: Content) => void;
  /** What it is about has been approved before, or is what the change is about: its ID stands. */
  readonly isKnown?: boolean;
}

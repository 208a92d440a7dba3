import { useTell } from '../../api/hooks.js';
import { useMay } from '../../api/session.js';
import { useDraft } from '../../lib/draft.js';
import { Button } from '../../ui/button.js';
import { Textarea } from '../../ui/field.js';
import { ErrorNote } from '../../ui/states.js';
import { CommentOnChange, type ChangeView } from './changes.graphql.js';

export const CommentForm = ({ change }: { readonly change: ChangeView }) => {
  const mayComment = useMay('propose');
  const [text, setText, drop] = useDraft(`comment:${change.id}`, '');
  const comment = useTell(CommentOnChange);
  if (!mayComment || change.status !== 'PROPOSED') return null;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        comment.mutate({ input: { changeId: change.id, text } }, { onSuccess: drop });
      }}
    >
      <Textarea label="Comment" required value={text} onChange={({ target }) => setText(target.value)} />
      <ErrorNote error={comment.error} />
      <div className="row end">
        <Button type="submit" busy={comment.isPending}>
          Comment
        </Button>
      </div>
    </form>
  );
};

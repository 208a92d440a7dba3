import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { graphql } from '../../api/graphql.js';
import { useTell } from '../../api/hooks.js';
import { Button } from '../../ui/button.js';
import { Input } from '../../ui/field.js';
import { ErrorNote } from '../../ui/states.js';

const ImportFromAddress = graphql(`
  mutation ImportFromAddress($input: ImportReferenceInput!) {
    importReference(input: $input) {
      position
      userErrors {
        code
        message
        path
        existingId
      }
      import {
        id
      }
    }
  }
`);

/** A sheet that lies on the web; its columns are guessed, and shown with what every row would do. */
export const SheetAddress = () => {
  const [url, setUrl] = useState('');
  const navigate = useNavigate();
  const send = useTell(ImportFromAddress);
  return (
    <form
      className="panel padded stack"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate(
          { input: { url: url.trim() } },
          {
            onSuccess: ({ importReference }) =>
              importReference.import &&
              void navigate({ to: '/import/$id', params: { id: importReference.import.id } }),
          },
        );
      }}
    >
      <Input
        label="Or the address of a published sheet"
        type="url"
        required
        placeholder="https://docs.google.com/spreadsheets/d/e/…/pub?output=csv"
        hint="In Google Sheets: File, Share, Publish to web, as comma-separated values."
        value={url}
        onChange={({ target }) => setUrl(target.value)}
      />
      <ErrorNote error={send.error} />
      <div className="row end">
        <Button type="submit" busy={send.isPending}>
          Check every row
        </Button>
      </div>
    </form>
  );
};

import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type DragEvent } from 'react';
import { Page } from '../../ui/page.js';
import { ErrorNote } from '../../ui/states.js';
import { ColumnMapping } from './column-mapping.js';
import { sampleOf, type SheetSample } from './sheet-sample.js';
import { SheetAddress } from './sheet-address.js';
import { upload, type Reading } from './upload.js';

interface Picked {
  readonly file: File;
  readonly sample: SheetSample;
}

export const ImportPage = () => {
  const navigate = useNavigate();
  const [picked, setPicked] = useState<Picked | null>(null);
  const [over, setOver] = useState(false);
  const read = useMutation({
    mutationFn: async (file: File): Promise<Picked> => ({ file, sample: await sampleOf(file) }),
    onSuccess: setPicked,
  });
  const send = useMutation({
    mutationFn: ({ file, reading }: { readonly file: File; readonly reading: Reading }) =>
      upload(file, reading),
    onSuccess: (id) => navigate({ to: '/import/$id', params: { id } }),
  });
  const take = (file: File | undefined | null): void => {
    if (file) read.mutate(file);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <Page
      title="Import"
      about="A reference sheet of customers and contracts, or a matrix. Nothing is written before it is approved."
      actions={
        <Link className="button" to="/changes" search={{ view: 'decided' }}>
          Earlier imports
        </Link>
      }
    >
      {picked === null ? (
        <>
          <label
            className="drop"
            data-over={over}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={onDrop}
          >
            <strong>Drop a CSV file here, or choose one</strong>
            <span className="soft">
              Any delimiter, encoding and date format; in Excel or Google Sheets: save as CSV.
            </span>
            <input
              type="file"
              accept=".csv,.tsv,.txt,text/csv"
              onChange={({ target }) => take(target.files?.[0])}
            />
          </label>
          <SheetAddress />
        </>
      ) : (
        <ColumnMapping
          fileName={picked.file.name}
          sample={picked.sample}
          busy={send.isPending}
          onCancel={() => setPicked(null)}
          onSend={(reading) => send.mutate({ file: picked.file, reading })}
        />
      )}
      <ErrorNote error={read.error ?? send.error} />
    </Page>
  );
};

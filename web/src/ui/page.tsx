import { useEffect, type ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

export const Page = ({ title, about, actions, narrow = false, children }: Props) => {
  useEffect(() => {
    document.title = `${title} · SLA matrix manager`;
  }, [title]);
  return (
    <div className={narrow ? 'page narrow' : 'page'}>
      <header className="page-head">
        <div className="stack tight">
          <h1>{title}</h1>
          {about && <p>{about}</p>}
        </div>
        {actions !== undefined && <div className="row no-print">{actions}</div>}
      </header>
      {children}
    </div>
  );
};

export const Panel = ({
  title,
  actions,
  children,
  padded = true,
}: {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  readonly padded?: boolean;
  readonly children: ReactNode;
}) => (
  <section className="panel">
    {title !== undefined && (
      <header>
        <h2>{title}</h2>
        {actions}
      </header>
    )}
    {padded ? <div className="body">{children}</div> : children}
  </section>
);

import { Link } from '@tanstack/react-router';
import { useAsk } from '../../api/hooks.js';
import { CustomerName } from './lookup.graphql.js';

/** To everything about a customer; the name says whether it is the one that was meant. */
export const CustomerLink = ({ id }: { readonly id: string }) => {
  const { data } = useAsk(CustomerName, { id });
  return (
    <Link to="/customers/$id" params={{ id }} className="small">
      The whole story{data?.customer?.name && ` of ${data.customer.name}`}
    </Link>
  );
};

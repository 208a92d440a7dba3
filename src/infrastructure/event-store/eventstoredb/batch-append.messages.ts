import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import {
  EventStoreError,
  type Appended,
  type ExpectedRevision,
} from '../../../application/ports/event-store.js';
import type { EncodedEvent } from '../serialization.js';
import { conflict, toEventStoreError } from './eventstoredb-errors.js';

export interface EncodedAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EncodedEvent[];
}

const proposed = (event: EncodedEvent): BatchAppendReq.ProposedMessage => {
  const message = new streams.BatchAppendReq.ProposedMessage()
    .setId(new shared.UUID().setString(event.id))
    .setData(Buffer.from(event.data, 'utf8'))
    .setCustomMetadata(Buffer.from(event.metadata, 'utf8'));
  message.getMetadataMap().set('type', event.type).set('content-type', 'application/json');
  return message;
};

/**
 * One append as one message. Without a deadline for the server: it would be an instant of this machine's clock, and
 * a server whose clock is ahead would refuse everything.
 */
export const batchAppendRequest = (
  correlationId: string,
  { stream, expected, events }: EncodedAppend,
): BatchAppendReq => {
  const options = new streams.BatchAppendReq.Options().setStreamIdentifier(
    new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8')),
  );
  if (expected === 'ANY') options.setAny(new empty.Empty());
  else if (expected === 'NO_STREAM') options.setNoStream(new empty.Empty());
  else options.setStreamPosition(expected.toString());
  return new streams.BatchAppendReq()
    .setCorrelationId(new shared.UUID().setString(correlationId))
    .setOptions(options)
    .setProposedMessagesList(events.map(proposed))
    .setIsFinal(true);
};

export const correlationIdOf = (response: BatchAppendResp): string =>
  response.getCorrelationId()?.getString() ?? '';

export const appendedOf = (response: BatchAppendResp, stream: string): Appended | Error => {
  const success = response.getSuccess();
  if (!success) return refusalOf(response, stream);
  return {
    revision: BigInt(success.getCurrentRevision()),
    position: BigInt(success.getPosition()?.getCommitPosition() ?? 0),
  };
};

const refusalOf = (response: BatchAppendResp, stream: string): Error => {
  const problem = response.getError();
  const name = problem?.getDetails()?.getTypeName().split('.').pop();
  switch (name) {
    case 'WrongExpectedVersion':
      return conflict(stream, 'another append was first');
    case 'AccessDenied':
      return new EventStoreError('DENIED', `The account in EVENTSTORE_URL may not write to ${stream}.`);
    case 'StreamDeleted':
      return new EventStoreError('DENIED', `Stream ${stream} was deleted for good.`);
    case 'MaximumAppendSizeExceeded':
      return new EventStoreError('TOO_LARGE', `EventStoreDB refuses the size of an append to ${stream}.`);
    default:
      return toEventStoreError(new Error(problem?.getMessage() || name || 'an answer without a result'));
  }
};

import { Metadata, status as code, type ServiceError } from '@grpc/grpc-js';
import type { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { shared, streams } from './stubs.js';
import type { StoredEvent } from './memory-log.js';

/** The answer to a call that fails: a status, and the trailers from which the client tells what happened. */
export const failure = (
  statusCode: code,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): ServiceError => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code: statusCode, details, metadata });
};

export const unavailable = (): ServiceError => failure(code.UNAVAILABLE, 'Server is not ready');
export const accessDenied = (): ServiceError =>
  failure(code.PERMISSION_DENIED, 'Access denied', { exception: 'access-denied' });
export const streamDeleted = (stream: string): ServiceError =>
  failure(code.FAILED_PRECONDITION, `Stream ${stream} is deleted`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const streamName = (identifier: StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

export const streamIdentifier = (name: string): StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(name, 'utf8'));

const hex = (bits: string): string => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');

export const uuidText = (uuid: UUID | undefined): string => {
  const structured = uuid?.getStructured();
  if (!structured) return uuid?.getString() ?? '';
  const digits = hex(structured.getMostSignificantBits()) + hex(structured.getLeastSignificantBits());
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

export const uuidMessage = (id: string, form: 'string' | 'structured'): UUID => {
  if (form === 'string') return new shared.UUID().setString(id);
  const digits = id.replaceAll('-', '');
  const bits = (text: string): string => BigInt.asIntN(64, BigInt(`0x${text}`)).toString();
  const structured = new shared.UUID.Structured()
    .setMostSignificantBits(bits(digits.slice(0, 16)))
    .setLeastSignificantBits(bits(digits.slice(16)));
  return new shared.UUID().setStructured(structured);
};

export const eventMessage = (event: StoredEvent, form: 'string' | 'structured'): ReadResp => {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(uuidMessage(event.id, form))
    .setStreamIdentifier(streamIdentifier(event.stream))
    .setStreamRevision(event.revision.toString())
    .setPreparePosition(event.position.toString())
    .setCommitPosition(event.position.toString())
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', event.contentType)
    .set('created', event.created);
  const read = new streams.ReadResp.ReadEvent()
    .setEvent(recorded)
    .setCommitPosition(event.position.toString());
  return new streams.ReadResp().setEvent(read);
};

export const checkpointMessage = (position: bigint): ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint()
      .setCommitPosition(position.toString())
      .setPreparePosition(position.toString()),
  );

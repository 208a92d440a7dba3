import { once } from 'node:events';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Writes one message and waits until the receiver can take more. False: the call is over. */
export const send = async (call: ReadCall, message: ReadResp): Promise<boolean> => {
  if (call.cancelled || call.destroyed) return false;
  if (call.write(message)) return true;
  const ended = new AbortController();
  const end = (): void => ended.abort();
  call.once('cancelled', end).once('error', end).once('close', end);
  try {
    await once(call, 'drain', { signal: ended.signal });
    return true;
  } catch {
    return false;
  } finally {
    call.off('cancelled', end).off('error', end).off('close', end);
  }
};

export const uuidForm = (options: ReadReq.Options): 'string' | 'structured' =>
  options.getUuidOption()?.hasString() ? 'string' : 'structured';

import { randomUUID } from 'node:crypto';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type {
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Faults } from './faults.js';
import type { MemoryLog } from './memory-log.js';
import { accessDenied, streamDeleted, streamName, unavailable } from './messages.js';
import { shared, streams } from './stubs.js';

export const deleteStream =
  (log: MemoryLog, faults: Faults) =>
  (call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>): void => {
    const stream = streamName(call.request.getOptions()?.getStreamIdentifier());
    if (faults.refuses()) return answer(unavailable());
    if (faults.deny('delete', stream)) return answer(accessDenied());
    if (log.isTombstoned(stream)) return answer(streamDeleted(stream));
    log.delete(stream, randomUUID());
    log.announce();
    answer(null, new streams.DeleteResp().setNoPosition(new shared.Empty()));
  };

export const tombstoneStream =
  (log: MemoryLog, faults: Faults) =>
  (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>): void => {
    const stream = streamName(call.request.getOptions()?.getStreamIdentifier());
    if (faults.refuses()) return answer(unavailable());
    if (faults.deny('delete', stream)) return answer(accessDenied());
    if (log.isTombstoned(stream)) return answer(streamDeleted(stream));
    log.tombstone(stream);
    answer(null, new streams.TombstoneResp().setNoPosition(new shared.Empty()));
  };

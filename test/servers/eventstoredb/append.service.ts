import {
  status as code,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
} from '@grpc/grpc-js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Faults } from './faults.js';
import { MAX_APPEND, type AppendResult, type Expected, type MemoryLog, type Proposed } from './memory-log.js';
import { accessDenied, failure, streamDeleted, streamName, unavailable, uuidText } from './messages.js';
import { anyPb, emptyPb, shared, status, streams } from './stubs.js';
import { afterDelay } from './waiting.js';

type ProposedMessage = AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage;

const proposedOf = (message: ProposedMessage): Proposed => ({
  id: uuidText(message.getId()),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

const expectedOf = (options: AppendReq.Options | BatchAppendReq.Options): Expected => {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return BigInt('getRevision' in options ? options.getRevision() : options.getStreamPosition());
};

/** One append per call. Followers of the log see the events before the caller is answered. */
export const append =
  (log: MemoryLog, faults: Faults) =>
  (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void => {
    let options: AppendReq.Options | undefined;
    const events: Proposed[] = [];
    call.on('data', (request: AppendReq) => {
      options = request.getOptions() ?? options;
      const message = request.getProposedMessage();
      if (message) events.push(proposedOf(message));
    });
    // A connection that breaks ends the requests too, and says only a turn later that it was no proper end.
    call.on('end', () =>
      afterDelay(faults.delay('append'), () => {
        const stream = streamName(options?.getStreamIdentifier());
        if (call.cancelled || !options) return;
        if (faults.refuses()) return answer(unavailable());
        if (faults.deny('append', stream)) return answer(accessDenied());
        const result = log.append(stream, expectedOf(options), events);
        log.announce();
        if (faults.killsAfterStoring()) return;
        setImmediate(() => answerUnary(stream, result, options as AppendReq.Options, answer));
      }),
    );
  };

const answerUnary = (
  stream: string,
  result: AppendResult,
  options: AppendReq.Options,
  answer: sendUnaryData<AppendResp>,
): void => {
  if (result.kind === 'deleted') return answer(streamDeleted(stream));
  if (result.kind === 'too-large')
    return answer(
      failure(code.INVALID_ARGUMENT, 'Maximum append size exceeded', {
        exception: 'maximum-append-size-exceeded',
        'maximum-append-size': String(MAX_APPEND),
      }),
    );
  if (result.kind === 'wrong-version') {
    const wrong = new streams.AppendResp.WrongExpectedVersion();
    if (result.current === null || result.current < 0n) wrong.setCurrentNoStream(new shared.Empty());
    else wrong.setCurrentRevision(result.current.toString());
    if (options.hasNoStream()) wrong.setExpectedNoStream(new shared.Empty());
    else if (options.hasRevision()) wrong.setExpectedRevision(options.getRevision());
    else wrong.setExpectedAny(new shared.Empty());
    return answer(null, new streams.AppendResp().setWrongExpectedVersion(wrong));
  }
  const position = new streams.AppendResp.Position()
    .setCommitPosition(result.position.toString())
    .setPreparePosition(result.position.toString());
  const success = new streams.AppendResp.Success().setPosition(position);
  success.setCurrentRevision(result.revision.toString());
  answer(null, new streams.AppendResp().setSuccess(success));
};

interface Batch {
  readonly options: BatchAppendReq.Options;
  readonly events: Proposed[];
}

/** Many appends on one call, each answered before the followers of the log see it. */
export const batchAppend =
  (log: MemoryLog, faults: Faults) =>
  (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
    const open = new Map<string, Batch>();
    call.on('data', (request: BatchAppendReq) => {
      const correlation = request.getCorrelationId();
      const key = uuidText(correlation);
      const batch = open.get(key) ?? { options: request.getOptions() as BatchAppendReq.Options, events: [] };
      batch.events.push(...request.getProposedMessagesList().map(proposedOf));
      if (!request.getIsFinal()) return void open.set(key, batch);
      open.delete(key);
      afterDelay(faults.delay('append'), () => {
        if (call.cancelled) return;
        if (faults.refuses()) return void call.emit('error', unavailable());
        const response = new streams.BatchAppendResp().setCorrelationId(correlation);
        response.setStreamIdentifier(batch.options.getStreamIdentifier());
        const stream = streamName(batch.options.getStreamIdentifier());
        if (faults.deny('append', stream))
          return void call.write(response.setError(problem('AccessDenied', new shared.AccessDenied())));
        const result = log.append(stream, expectedOf(batch.options), batch.events);
        if (!faults.killsAfterStoring()) call.write(fillIn(response, result, batch.options));
        log.announce();
      });
    });
    call.on('end', () => call.end());
    call.on('error', () => call.end());
  };

const fillIn = (
  response: BatchAppendResp,
  result: AppendResult,
  options: BatchAppendReq.Options,
): BatchAppendResp => {
  if (result.kind === 'deleted')
    return response.setError(
      problem('StreamDeleted', new shared.StreamDeleted().setStreamIdentifier(options.getStreamIdentifier())),
    );
  if (result.kind === 'too-large')
    return response.setError(
      problem(
        'MaximumAppendSizeExceeded',
        new shared.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND),
      ),
    );
  if (result.kind === 'wrong-version') {
    const wrong = new shared.WrongExpectedVersion();
    if (result.current === null || result.current < 0n) wrong.setCurrentNoStream(new emptyPb.Empty());
    else wrong.setCurrentStreamRevision(result.current.toString());
    if (options.hasNoStream()) wrong.setExpectedNoStream(new emptyPb.Empty());
    else if (options.hasStreamPosition()) wrong.setExpectedStreamPosition(options.getStreamPosition());
    else wrong.setExpectedAny(new emptyPb.Empty());
    return response.setError(problem('WrongExpectedVersion', wrong));
  }
  const position = new shared.AllStreamPosition()
    .setCommitPosition(result.position.toString())
    .setPreparePosition(result.position.toString());
  const success = new streams.BatchAppendResp.Success().setPosition(position);
  return response.setSuccess(success.setCurrentRevision(result.revision.toString()));
};

const problem = (
  name: string,
  detail: { serializeBinary(): Uint8Array },
): InstanceType<typeof status.Status> => {
  const details = new anyPb.Any();
  details.pack(detail.serializeBinary(), `event_store.client.${name}`);
  return new status.Status()
    .setCode(code.UNKNOWN as number)
    .setMessage(name)
    .setDetails(details);
};

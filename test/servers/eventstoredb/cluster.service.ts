import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { Faults } from './faults.js';
import { unavailable, uuidMessage } from './messages.js';
import { features, gossip } from './stubs.js';
import { afterDelay } from './waiting.js';

const STREAMS = 'event_store.client.streams.streams';
const METHODS = ['read', 'append', 'delete', 'tombstone'];

export interface Announced {
  readonly version: string;
  readonly batchAppend: boolean;
}

export const supportedMethods =
  (announced: Announced, faults: Faults) =>
  (_call: ServerUnaryCall<Empty, SupportedMethods>, answer: sendUnaryData<SupportedMethods>): void =>
    afterDelay(faults.delay('features'), () => {
      if (faults.refuses()) return answer(unavailable());
      const supported = new features.SupportedMethods().setEventStoreServerVersion(announced.version);
      for (const name of announced.batchAppend ? [...METHODS, 'batchappend'] : METHODS)
        supported.addMethods(new features.SupportedMethod().setServiceName(STREAMS).setMethodName(name));
      answer(null, supported);
    });

/** A cluster of one, which leads. */
export const gossipRead =
  (port: () => number, faults: Faults) =>
  (_call: ServerUnaryCall<Empty, ClusterInfo>, answer: sendUnaryData<ClusterInfo>): void =>
    afterDelay(faults.delay('gossip'), () => {
      if (faults.refuses()) return answer(unavailable());
      const member = new gossip.MemberInfo()
        .setInstanceId(uuidMessage('00000000-0000-4000-8000-000000000001', 'string'))
        .setTimeStamp('0')
        .setState(gossip.MemberInfo.VNodeState.LEADER)
        .setIsAlive(true)
        .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port()));
      answer(null, new gossip.ClusterInfo().setMembersList([member]));
    });

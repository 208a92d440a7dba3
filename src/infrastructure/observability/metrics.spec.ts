import { describe, expect, it } from '@jest/globals';
import { Metrics, type ProjectionReading } from './metrics.js';

describe('the metrics', () => {
  it('count and time what happens', async () => {
    const metrics = new Metrics();
    metrics.httpDuration.observe({ method: 'GET', route: '/v1/lookup', status: 200 }, 0.0004);
    metrics.graphqlDuration.observe({ operation: 'query', outcome: 'ok' }, 0.01);
    metrics.lookups.inc({ result: 'BindingSla' });
    metrics.lookupDuration.observe(0.00002);
    metrics.appends.inc({ outcome: 'ok' });
    metrics.appendDuration.observe(0.002);
    metrics.subscriptions.inc({ field: 'approvedChanges' });
    metrics.signInFailures.inc({ reason: 'locked' });
    const text = await metrics.metrics();
    expect(text).toContain(
      'sla_http_request_duration_seconds_bucket{le="0.0005",method="GET",route="/v1/lookup",status="200"} 1',
    );
    expect(text).toContain('sla_lookups_total{result="BindingSla"} 1');
    expect(text).toContain('sla_log_appends_total{outcome="ok"} 1');
    expect(text).toContain('sla_subscriptions{field="approvedChanges"} 1');
    expect(text).toContain('sla_sign_in_failures_total{reason="locked"} 1');
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(metrics.contentType).toContain('text/plain');
  });

  it('say how far each read model is, in one state at a time', async () => {
    const metrics = new Metrics();
    let reading: ProjectionReading = { model: 'changes', state: 'catching-up', position: 40n, lag: 2 };
    metrics.observeProjections(() => [reading]);
    await metrics.metrics();
    reading = { ...reading, state: 'live', position: 42n, lag: 0 };
    const text = await metrics.metrics();
    expect(text).toContain('sla_projection_position{model="changes"} 42');
    expect(text).toContain('sla_projection_lag_events{model="changes"} 0');
    expect(text).toContain('sla_projection_state{model="changes",state="live"} 1');
    expect(text).not.toContain('catching-up');
  });

  it('are given without the read models when these cannot be asked', async () => {
    const metrics = new Metrics();
    metrics.observeProjections(() => Promise.reject(new Error('away')));
    expect(await metrics.metrics()).toContain('sla_projection_readings_failed_total 1');
  });
});

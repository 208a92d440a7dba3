// Whether this container's process answers at all. What it can answer is for /readyz, which a restart does not mend.
const { ok } = await fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/healthz`, {
  signal: AbortSignal.timeout(4_000),
});
process.exit(ok ? 0 : 1);

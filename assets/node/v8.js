// Node's `v8`: the figures of an engine that is not there are zero; copies go through structuredClone.
const { refusing } = require('internal/refusal');
const refuse = (name) => {
  const operation = refusing(`v8.${name}`, 'the engine of Hookbench has no heap snapshots', 'FileSystemWrite');
  return () => operation();
};
module.exports = {
  cachedDataVersionTag: () => 0,
  getHeapCodeStatistics: () => ({ code_and_metadata_size: 0, bytecode_and_metadata_size: 0, external_script_source_size: 0, cpu_profiler_metadata_size: 0 }),
  getHeapSpaceStatistics: () => [],
  getHeapStatistics: () => ({
    total_heap_size: 0, total_heap_size_executable: 0, total_physical_size: 0, total_available_size: 0, used_heap_size: 0,
    heap_size_limit: 268435456, malloced_memory: 0, peak_malloced_memory: 0, does_zap_garbage: 0, number_of_native_contexts: 1,
    number_of_detached_contexts: 0, total_global_handles_size: 0, used_global_handles_size: 0, external_memory: 0,
  }),
  getHeapSnapshot: refuse('getHeapSnapshot'),
  writeHeapSnapshot: refuse('writeHeapSnapshot'),
  setFlagsFromString() {},
  setHeapSnapshotNearHeapLimit() {},
  stopCoverage() {},
  takeCoverage() {},
  startupSnapshot: { isBuildingSnapshot: () => false },
  // JSON in bytes: good for what goes through JSON, and only between these two.
  serialize: (value) => Buffer.from(JSON.stringify({ value })),
  deserialize: (bytes) => JSON.parse(bytes.toString()).value,
};

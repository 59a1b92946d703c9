// Times networks in ONNX Runtime (CPU) as the benchmark asks it to, one line of JSON a request and one an answer:
//   { "load": "MODEL.onnx", "threads": N }  { "network": NUMBER }
//   { "run": NUMBER, "milliseconds": T }    { "nanoseconds": [of an inference, ...] }
// Whatever fails is answered with { "error" }. Each sample is the mean of as many inferences as take about 0.2 ms.
"use strict";
const readline = require("readline");
const path = require("path");
const folder = process.env.EDGEQUANT_ONNXRUNTIME;
const ort = require(folder);

const sampleNanoseconds = 200e3;
const arrays = {
  float32: Float32Array, int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array, int32: Int32Array, int64: BigInt64Array, bool: Uint8Array,
};
const networks = [];

function input({ type, shape }) {
  const elements = shape.reduce((product, size) => product * size, 1);
  const data = arrays[type].from({ length: elements }, (_, i) => {
    const byte = Math.imul(i + 1, 2654435761) >>> 24;
    return type === "int64" ? BigInt(byte) : type === "bool" ? byte & 1 : byte;
  });
  return new ort.Tensor(type, data, shape);
}

async function load(file, threads) {
  const session = await ort.InferenceSession.create(file, {
    intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: "sequential", graphOptimizationLevel: "all", executionProviders: ["cpu"],
    // Alone, a thread has nobody to look out for; several find work sooner if they do, which is ONNX Runtime's default.
    extra: { session: { intra_op: { allow_spinning: threads === 1 ? "0" : "1" } } },
  });
  const feeds = Object.fromEntries(session.inputMetadata.map(tensor => [tensor.name, input(tensor)]));
  networks.push({ session, feeds, inferences: 1 });
  return { network: networks.length - 1 };
}

async function run(network, milliseconds) {
  const { session, feeds, inferences } = network;
  const nanoseconds = [];
  const begin = process.hrtime.bigint();
  let now = begin;
  do {
    const start = now;
    for (let i = 0; i < inferences; i++) {
      await session.run(feeds);
    }
    now = process.hrtime.bigint();
    nanoseconds.push(Number(now - start) / inferences);
  } while (Number(now - begin) < milliseconds * 1e6);
  network.inferences = Math.max(1, Math.floor(sampleNanoseconds / Math.min(...nanoseconds)));
  return { nanoseconds };
}

(async () => {
  const { version } = require(path.join(folder, "package.json"));
  console.log(JSON.stringify({ version: `onnxruntime-node ${version}, Node.js ${process.versions.node}` }));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    try {
      console.log(JSON.stringify("load" in request ? await load(request.load, request.threads) : await run(networks[request.run], request.milliseconds)));
    } catch (error) {
      console.log(JSON.stringify({ error: String(error.message ?? error) }));
    }
  }
})();

// Runs models in ONNX Runtime (CPU, one thread): node run_onnx.cjs JOBS.json
// JOBS.json: [{ "model", "inputs", "outputs" }]; inputs and outputs are files of raw tensor bytes, record after record, all tensors of a
// record in the model's order. Each job leaves { "records" } or { "error" } in the printed list.
"use strict";
const fs = require("fs");
const ort = require(process.env.EDGEQUANT_ONNXRUNTIME);

const arrays = {
  float32: Float32Array, int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array, int32: Int32Array, int64: BigInt64Array, bool: Uint8Array,
};
const bytesOf = tensor => tensor.shape.reduce((product, size) => product * size, 1) * arrays[tensor.type].BYTES_PER_ELEMENT;

async function run({ model, inputs, outputs }) {
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1, executionProviders: ["cpu"] });
  const bytes = new Uint8Array(fs.readFileSync(inputs));
  const record = session.inputMetadata.reduce((sum, tensor) => sum + bytesOf(tensor), 0);
  if (bytes.length % record !== 0) {
    throw new Error(`${bytes.length} bytes are no whole records of ${record}.`);
  }
  const results = [];
  for (let at = 0; at < bytes.length;) {
    const feeds = {};
    for (const tensor of session.inputMetadata) {
      const data = new arrays[tensor.type](bytes.slice(at, at + bytesOf(tensor)).buffer);
      feeds[tensor.name] = new ort.Tensor(tensor.type, data, tensor.shape);
      at += bytesOf(tensor);
    }
    const result = await session.run(feeds);
    for (const name of session.outputNames) {
      const { data } = result[name];
      results.push(Buffer.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)));
    }
  }
  fs.writeFileSync(outputs, Buffer.concat(results));
  await session.release();
  return { records: bytes.length / record };
}

(async () => {
  const done = [];
  for (const job of JSON.parse(fs.readFileSync(process.argv[2], "utf8"))) {
    try {
      done.push(await run(job));
    } catch (error) {
      done.push({ error: String(error.message ?? error) });
    }
  }
  console.log(JSON.stringify(done));
})();

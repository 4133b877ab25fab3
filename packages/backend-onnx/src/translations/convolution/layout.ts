/** TensorFlow.js's images `[n, height, width, channels]` to ONNX's `[n, channels, height, width]`. */
export const CHANNELS_FIRST: readonly number[] = [0, 3, 1, 2];

/** ONNX's images `[n, channels, height, width]` to TensorFlow.js's `[n, height, width, channels]`. */
export const CHANNELS_LAST: readonly number[] = [0, 2, 3, 1];

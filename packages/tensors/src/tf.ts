/** The one instance of TensorFlow.js that every crossmodal package uses. */
export * as tf from '@tensorflow/tfjs';

/** The one instance of TensorFlow.js that every crossmodal package uses. */
export { tf } from '#runtime';

declare module '@tensorflow/tfjs-backend-webgpu';

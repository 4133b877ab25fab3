export * from './affinity-picture.js';
export * from './cluster-groups.js';
export * from './clustering-report.js';
export * from './image-strip.js';
export * from './png.js';
export * from './report-content.js';

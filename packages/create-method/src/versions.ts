import type { ProjectVersions } from './template/project-files.js';

/** Versions that a new project starts with: those with which the packages here are tested. */
export const VERSIONS: ProjectVersions = {
  crossmodal: '0.1.0',
  typescript: '5.9.3',
  vitest: '4.1.12',
  zod: '4.6.7',
};

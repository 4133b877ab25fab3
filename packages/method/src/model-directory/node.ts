export { readModelFiles, writeModelFiles } from '@crossmodal/io';

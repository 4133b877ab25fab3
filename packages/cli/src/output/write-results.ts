import { clusteringReport } from '@crossmodal/report';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterResult } from '../result.js';
import type { Outcome } from './outcome.js';
import { reportContent } from './report-content.js';

/** Writes labels.csv (one column, row i is object i), result.json, report.html and the saved model into a directory. */
export async function writeResults(directory: string, outcome: Outcome): Promise<void> {
  const { fitted, result } = outcome;
  await writeFile(join(directory, 'labels.csv'), `cluster\n${result.labels.join('\n')}\n`);
  await writeFile(join(directory, 'result.json'), resultText(result));
  await writeFile(join(directory, 'report.html'), clusteringReport(reportContent(outcome)));
  await fitted.save(join(directory, 'model'));
}

/** The result as JSON that a person can read: labels stay on one line. */
export function resultText(result: ClusterResult): string {
  const labels = JSON.stringify(result.labels);
  return `${JSON.stringify({ ...result, labels: '' }, null, 2).replace('"labels": ""', () => `"labels": ${labels}`)}\n`;
}

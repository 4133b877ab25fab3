/** What is true of the whole process, whichever thread asks. */
export interface ProcessFacts {
  /** The environment as native code reads it; `process.env` of a worker thread is a copy of it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Paths of the native libraries that are loaded. */
  readonly libraries: readonly string[];
}

/** Reads {@link ProcessFacts} from Node.js's diagnostic report, of which nothing is written. Takes some hundredths of a second. */
export function processFacts(): ProcessFacts {
  // The types do not know the option yet. With it, the report asks no resolver for the names of open connections.
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork: boolean };
  const { excludeNetwork } = report;
  report.excludeNetwork = true;
  try {
    const { environmentVariables, sharedObjects } = report.getReport() as unknown as {
      environmentVariables: Record<string, string>;
      sharedObjects: string[];
    };
    return { environment: environmentVariables, libraries: sharedObjects };
  } finally {
    report.excludeNetwork = excludeNetwork;
  }
}

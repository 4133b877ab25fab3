import ts from 'typescript';
import { packageApis, type PackageExport } from '../ci/exports.js';
import { samplesOf, type Sample } from './samples.js';

/** What an exported function is, told from its types alone. */
export type Kind = 'clusterer' | 'mixed-clusterer' | 'loss' | 'encoder' | 'fusion' | 'reader';

/** One exported function, with arguments to call it with. */
export interface Discovered {
  readonly kind: Kind;
  readonly packageName: string;
  readonly name: string;
  /** Lists of samples, one sample a required parameter: one list for every choice among literals. */
  readonly calls: readonly (readonly Sample[])[];
}

/** Finds every clusterer, loss, encoder, fusion and reader that a package exports. */
export function discover(): readonly Discovered[] {
  const { apis, checker } = packageApis();
  return apis.flatMap(({ name: packageName, exports }) =>
    exports.flatMap((entry) => classify(packageName, entry, checker)),
  );
}

function classify(packageName: string, entry: PackageExport, checker: ts.TypeChecker): readonly Discovered[] {
  const declaration = entry.symbol.valueDeclaration;
  if (!entry.isValue || declaration === undefined || !ts.isFunctionDeclaration(declaration)) return [];
  const signature = checker.getSignatureFromDeclaration(declaration);
  if (signature === undefined) return [];
  const required = signature.parameters.filter((parameter) => {
    const written = parameter.valueDeclaration;
    return written !== undefined && ts.isParameter(written) && !checker.isOptionalParameter(written);
  });
  const kind = kindOf(signature, required, checker);
  if (kind === undefined) return [];
  const types = required.map(
    (parameter) => [parameter.name, checker.getTypeOfSymbolAtLocation(parameter, declaration)] as const,
  );
  const calls = samplesOf(types, checker, declaration);
  return calls === undefined ? [] : [{ kind, packageName, name: entry.name, calls }];
}

function kindOf(
  signature: ts.Signature,
  required: readonly ts.Symbol[],
  checker: ts.TypeChecker,
): Kind | undefined {
  const returned = signature.getReturnType();
  const has = (...properties: string[]) =>
    properties.every((property) => returned.getProperty(property) !== undefined);
  if (has('method', 'fit')) return clustersMixed(returned, checker) ? 'mixed-clusterer' : 'clusterer';
  if (has('inputShape', 'outputShape', 'apply', 'trainable')) return 'encoder';
  if (has('inputShapes', 'latentSizes', 'encode', 'decode')) return 'fusion';
  if (/^(tf\.)?Scalar$/.test(checker.typeToString(returned)) && required.length > 0) return 'loss';
  if (required[0]?.name === 'bytes') return 'reader';
  return undefined;
}

/** Whether what a clusterer fits is of the type `Mixed`. */
function clustersMixed(clusterer: ts.Type, checker: ts.TypeChecker): boolean {
  const fit = clusterer.getProperty('fit');
  const data = fit && checker.getTypeOfSymbol(fit).getCallSignatures()[0]?.parameters[0];
  return data !== undefined && checker.typeToString(checker.getTypeOfSymbol(data)) === 'Mixed';
}

import { expectTypeOf } from 'vitest';
import type { Clusterer, FittedClusterer } from './estimator.js';
import { isDivergedError } from './diverged-error.js';
import type { Mixed, MultiModalData, Paired } from './modality.js';

declare const pairedClusterer: Clusterer<Paired>;
declare const mixedClusterer: Clusterer<Mixed>;
declare const anyDataClusterer: Clusterer<MultiModalData>;
declare const pairedModel: FittedClusterer<Paired>;
declare const pairedData: Paired;
declare const mixedData: Mixed;

// What a clusterer takes may be more than is asked of it, never less.
anyDataClusterer satisfies Clusterer<Paired>;
anyDataClusterer satisfies Clusterer<Mixed>;
// @ts-expect-error mixed data would reach a method of paired data
pairedClusterer satisfies Clusterer<MultiModalData>;
// @ts-expect-error paired data would reach a method of mixed data
mixedClusterer satisfies Clusterer<MultiModalData>;
// @ts-expect-error the kinds are no variants of each other
pairedClusterer satisfies Clusterer<Mixed>;
// @ts-expect-error a fit of mixed data by a method of paired data
void pairedClusterer.fit(mixedData, { clusters: 2 });

// The same holds for a model.
// @ts-expect-error it would predict mixed data
pairedModel satisfies FittedClusterer<MultiModalData>;
// @ts-expect-error it would predict mixed data
pairedModel satisfies FittedClusterer<Mixed>;
// @ts-expect-error mixed data for a model of paired data
void pairedModel.predict(mixedData);
expectTypeOf(pairedModel.predict(pairedData)).resolves.toEqualTypeOf<Int32Array>();

// Without a kind of data it is any model, and predicts nothing.
pairedModel satisfies FittedClusterer;
declare const anyModel: FittedClusterer;
expectTypeOf(anyModel.labels).toEqualTypeOf<Int32Array>();
expectTypeOf(anyModel.predict).parameter(0).toBeNever();

// A recovered model predicts the kind of data that the caller says was fitted.
declare const caught: unknown;
if (isDivergedError<Paired>(caught))
  expectTypeOf(caught.recover!).returns.resolves.toEqualTypeOf<FittedClusterer<Paired>>();
if (isDivergedError(caught)) expectTypeOf(caught.recover!).returns.resolves.toEqualTypeOf<FittedClusterer>();

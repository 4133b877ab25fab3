import { CrossmodalError } from '@crossmodal/core';
import { tf, type ApplyContext, type Module, type Step, type TensorRecord } from '@crossmodal/tensors';
import { clipByGlobalNorm } from './clip-by-global-norm.js';
import type { Optimiser } from './optimisers/optimiser.js';

/** What an objective gives a training step: the weighted sum, and each term unweighted. */
export interface StepObjective {
  /** The scalar that is made smaller. */
  readonly total: tf.Scalar;
  /** Unweighted terms by name, for the history. */
  readonly values: Readonly<Record<string, tf.Scalar>>;
}

/** Modules that one optimiser trains at one rate. */
export interface ParameterGroup {
  /** Their trainable variables are changed. */
  readonly modules: readonly (Pick<Module, 'trainable'> & Partial<Pick<Module, 'variables'>>)[];
  /** The rule that changes them. */
  readonly optimiser: Optimiser;
  /** Name of the step's input that holds this group's learning rate. @defaultValue 'learningRate' */
  readonly rate?: string;
}

/** What {@link trainingStep} takes. */
export interface TrainingStepOptions {
  /** Who is trained, and how; modules left out take part in the objective but stay as they are. */
  readonly groups: readonly ParameterGroup[];
  /** Computes the objective from the step's inputs, in tensor operations only. */
  readonly objective: (inputs: TensorRecord, context: ApplyContext) => StepObjective;
  /** Largest global norm of all gradients together, above 0; longer ones are scaled down. @defaultValue none */
  readonly clipNorm?: number;
  /** Whether variables that the objective does not depend on stay as they are, rather than being refused. @defaultValue false */
  readonly partial?: boolean;
  /** Runs after the update, inside the step, in tensor operations only: clipping a critic's weights, say. */
  readonly afterUpdate?: () => void;
}

/** One step of training, and the state its optimisers keep. */
export interface TrainingStep extends Module {
  /** Takes data and one scalar a rate; gives each unweighted term and `total`. For `compile`. */
  readonly step: Step;
  /** Everything that a restart needs, for a loop's `checkpoint`: the modules that are trained, and this step's optimisers. */
  readonly restorable: readonly Pick<Module, 'variables'>[];
}

/**
 * Makes the step `variables <- optimiser(variables, gradient of the total)`, for `compile` or for running as it is.
 *
 * Several groups share one gradient. Players that pull against each other (a discriminator and its encoders) are two training steps with
 * objectives of their own, run in turn by `alternate`.
 *
 * @throws CrossmodalError `option` when no variable is trained, one is in two groups, or the clip norm is not positive;
 * when run, `state` for a variable that the objective does not depend on, unless it is `partial`; for all of them in any case.
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * import { sgd } from '@crossmodal/training';
 * const w = tf.variable(tf.scalar(3));
 * const model = { trainable: [w], variables: [w], dispose: () => w.dispose() };
 * const training = trainingStep({
 *   groups: [{ modules: [model], optimiser: sgd() }],
 *   objective: () => ({ total: tf.square(w) as tf.Scalar, values: {} }),
 * });
 * training.step({ learningRate: tf.scalar(0.1) }); // w is 2.4
 * ```
 */
export function trainingStep({
  groups,
  objective,
  clipNorm,
  partial = false,
  afterUpdate,
}: TrainingStepOptions): TrainingStep {
  const lists = groups.map(({ modules }) => modules.flatMap((module) => module.trainable));
  const all = lists.flat();
  if (all.length === 0) refuse('groups', 'one trainable variable at least', 'none');
  if (new Set(all).size !== all.length) refuse('groups', 'every variable in one group', 'one in two');
  if (clipNorm !== undefined && !(clipNorm > 0)) refuse('clipNorm', 'a number above 0', String(clipNorm));
  const states = groups.map(({ optimiser }, g) => optimiser.init(lists[g]!));

  const step: Step = (inputs) =>
    tf.tidy(() => {
      const rates = groups.map(({ rate = 'learningRate' }) => rateOf(inputs, rate));
      const { value, grads, outputs } = gradientsOf(() => objective(inputs, { training: true }), all);
      outputs['total'] = value;
      const raw = all.map(
        (variable) => grads[variable.name] ?? (partial ? tf.zerosLike(variable) : unreached(variable)),
      );
      const gradients = clipNorm === undefined ? raw : clipByGlobalNorm(raw, clipNorm);
      let start = 0;
      states.forEach((state, g) => {
        const end = start + lists[g]!.length;
        state.update(gradients.slice(start, end), rates[g]!);
        start = end;
      });
      afterUpdate?.();
      return outputs;
    });

  const variables = states.flatMap((state) => state.variables);
  const trained = groups.flatMap(({ modules }) =>
    modules.map((module) => ({ variables: module.variables ?? module.trainable })),
  );
  return {
    step,
    trainable: [],
    variables,
    restorable: [...trained, { variables }],
    dispose() {
      for (const state of states) state.dispose();
    },
  };
}

interface Gradients {
  readonly value: tf.Scalar;
  readonly grads: tf.NamedTensorMap;
  readonly outputs: Record<string, tf.Tensor>;
}

/** The total, its gradients, and the terms, which a gradient's scope frees unless they are kept and handed over. */
function gradientsOf(evaluate: () => StepObjective, variables: tf.Variable[]): Gradients {
  const kept: Record<string, tf.Tensor> = {};
  try {
    const { value, grads } = tf.variableGrads(() => {
      const { total, values } = evaluate();
      for (const [name, scalar] of Object.entries(values)) kept[name] = tf.keep(tf.clone(scalar));
      return total;
    }, variables);
    const outputs: Record<string, tf.Tensor> = {};
    for (const [name, scalar] of Object.entries(kept)) outputs[name] = tf.clone(scalar);
    return { value, grads, outputs };
  } catch (error) {
    // TensorFlow.js has no code for an objective that reaches no variable at all, such as one whose weights are all 0.
    if (error instanceof Error && error.message.startsWith('Cannot find a connection'))
      unreached(variables[0]!);
    throw error;
  } finally {
    tf.dispose(kept);
  }
}

function rateOf(inputs: TensorRecord, name: string): tf.Scalar {
  const rate = inputs[name];
  if (rate !== undefined && rate.rank === 0) return rate as tf.Scalar;
  throw new CrossmodalError({
    code: 'shape',
    where: 'trainingStep',
    expected: `a scalar input '${name}', the learning rate`,
    received: rate === undefined ? 'none' : `[${rate.shape.join(', ')}]`,
  });
}

function unreached(variable: tf.Variable): never {
  throw new CrossmodalError({
    code: 'state',
    where: 'trainingStep',
    expected: 'an objective that depends on every trained variable',
    received: `no gradient for one of shape [${variable.shape.join(', ')}]`,
    advice: 'Leave its module out of the groups.',
  });
}

function refuse(option: string, expected: string, received: string): never {
  throw new CrossmodalError({ code: 'option', where: `trainingStep option '${option}'`, expected, received });
}

import { tf } from '@crossmodal/tensors';

/** Makes a variable of zeros beside each given one, not trainable. */
export function zeroSlots(variables: readonly tf.Variable[]): tf.Variable[] {
  return variables.map((variable) => slot(() => tf.zeros(variable.shape)));
}

/** Makes a variable that starts at the given number, not trainable. */
export function scalarSlot(value: number): tf.Variable {
  return slot(() => tf.scalar(value));
}

/** Disposes of variables; those disposed of before are left alone. */
export function disposeSlots(variables: readonly tf.Variable[]): void {
  for (const variable of variables) if (!variable.isDisposed) variable.dispose();
}

function slot(make: () => tf.Tensor): tf.Variable {
  const start = make();
  try {
    return tf.variable(start, false);
  } finally {
    start.dispose();
  }
}

/** Options of {@link stageSteps}. */
export interface StageLength {
  /** Times through the data, 0 or more. */
  readonly epochs: number;
  /** Steps that go once through the data. */
  readonly stepsPerEpoch: number;
  /** Steps at least, however few samples there are. @defaultValue 0 */
  readonly least?: number;
}

/**
 * Steps of a stage: its epochs, but a number of steps at least; a stage of no epochs has none.
 *
 * @example
 * ```ts
 * console.log(stageSteps({ epochs: 2, stepsPerEpoch: 10, least: 50 })); // 50
 * ```
 */
export function stageSteps({ epochs, stepsPerEpoch, least = 0 }: StageLength): number {
  return epochs === 0 ? 0 : Math.max(epochs * stepsPerEpoch, least);
}

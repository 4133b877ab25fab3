/** Options without those of the game where `adversarial` is false, beside which they are refused. */
export function played<Options extends object>(options: Options): Options {
  const game = ['epochs', 'critics', 'criticWarmup', 'generatorRate'];
  const plays = (options as { readonly adversarial?: boolean }).adversarial !== false;
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => plays || !game.includes(name)),
  ) as Options;
}

/** The engines in which every browser test runs. */
export const engineNames = ['chromium', 'firefox', 'webkit'] as const;
export type Engine = (typeof engineNames)[number];

/** `ENGINE=chromium` or `ENGINE=firefox,webkit` narrows a run; without it, all three run. */
export function chosenEngines(choice = process.env['ENGINE']): Engine[] {
  if (!choice) return [...engineNames];
  const names = choice.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !engineNames.some((engine) => engine === name));
  if (unknown.length > 0) {
    throw new Error(`ENGINE is "${choice}"; choose from ${engineNames.join(', ')}, separated by commas.`);
  }
  return engineNames.filter((engine) => names.includes(engine));
}

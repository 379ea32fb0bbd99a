export declare const avoidedGlobals: readonly {
  readonly object?: string;
  readonly property: string;
  readonly why: string;
}[];

declare const EVERDIAL_VERSION: string;

/** Version of the package, put in by the build; `'0.0.0'` when the sources run unbuilt. */
export const version: string = typeof EVERDIAL_VERSION === 'undefined' ? '0.0.0' : EVERDIAL_VERSION;

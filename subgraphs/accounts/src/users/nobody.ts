/** Stands for whoever has no account, where the same statements have to run for them as for others. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

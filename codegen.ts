import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types of the named client operations in schema/operations, from the API schema that `npm run schema` writes. */
const config: CodegenConfig = {
  schema: 'schema/api.graphql',
  documents: 'schema/operations/**/*.graphql',
  silent: true,
  generates: {
    'schema/operations/operations.ts': {
      plugins: ['typescript-operations'],
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        skipTypename: true,
        defaultScalarType: 'unknown',
        scalars: {
          DateTime: 'string',
          EmailAddress: 'string',
          TimeZone: 'string',
          Currency: 'string',
          SafeInt: 'number',
        },
      },
    },
  },
};

export default config;

import { Arg, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { Public } from '../../src/graphql/access.js';
import type { RoomSchema } from '../../src/graphql/subgraph.js';
import { DeprecatedProduct, Inventory, Product, type ProductResearch, User } from './products.types.js';

const author: User = {
  email: 'support@apollographql.com',
  name: 'Jane Smith',
  totalProductsCreated: 1337,
  yearsOfEmployment: 10,
};

const research: ProductResearch[] = [
  { study: { caseNumber: '1234', description: 'Federation Study' }, outcome: null },
  { study: { caseNumber: '1235', description: 'Studio Study' }, outcome: null },
];

const dimensions = { size: 'small', weight: 1, unit: 'kg' };

const products: Product[] = [
  {
    id: 'apollo-federation',
    sku: 'federation',
    package: '@apollo/federation',
    variation: { id: 'OSS' },
    dimensions,
    notes: null,
    research: research.slice(0, 1),
  },
  {
    id: 'apollo-studio',
    sku: 'studio',
    package: '',
    variation: { id: 'platform' },
    dimensions,
    notes: null,
    research: research.slice(1),
  },
];

const deprecated: DeprecatedProduct = {
  sku: 'apollo-federation-v1',
  package: '@apollo/federation-v1',
  reason: 'Migrate to Federation V2',
};

@Resolver(() => Product)
class ProductResolver {
  @Public()
  @Query(() => Product, { nullable: true })
  product(@Arg('id', () => ID) id: string): Product | null {
    return products.find((product) => product.id === id) ?? null;
  }

  @Directive('@provides(fields: "totalProductsCreated")')
  @FieldResolver(() => User, { nullable: true })
  createdBy(): User {
    return author;
  }
}

@Resolver(() => DeprecatedProduct)
class DeprecatedProductResolver {
  @Public()
  @Query(() => DeprecatedProduct, { nullable: true, deprecationReason: 'Use product query instead' })
  deprecatedProduct(
    @Arg('sku', () => String) sku: string,
    @Arg('package', () => String) name: string,
  ): DeprecatedProduct | null {
    return findDeprecated({ sku, package: name });
  }

  @FieldResolver(() => User, { nullable: true })
  createdBy(): User {
    return author;
  }
}

@Resolver(() => User)
class UserResolver {
  @Directive('@requires(fields: "totalProductsCreated yearsOfEmployment")')
  @FieldResolver(() => Int, { nullable: true })
  averageProductsCreatedPerYear(@Root() { totalProductsCreated, yearsOfEmployment }: User): number | null {
    return totalProductsCreated === null ? null : Math.round(totalProductsCreated / yearsOfEmployment);
  }
}

@Resolver(() => Inventory)
class InventoryResolver {
  @FieldResolver(() => [DeprecatedProduct])
  deprecatedProducts(): DeprecatedProduct[] {
    return [deprecated];
  }
}

type ProductKey = Partial<Pick<Product, 'id' | 'sku' | 'package' | 'variation'>>;

/** Whatever of a product's three keys came. */
function findProduct({ id, sku, package: name, variation }: ProductKey): Product | null {
  const isMeant = (product: Product): boolean => {
    if (id !== undefined) return product.id === id;
    if (product.sku !== sku) return false;
    return variation ? product.variation?.id === variation.id : product.package === name;
  };
  return products.find(isMeant) ?? null;
}

function findDeprecated({ sku, package: name }: Pick<DeprecatedProduct, 'sku' | 'package'>): DeprecatedProduct | null {
  return sku === deprecated.sku && name === deprecated.package ? deprecated : null;
}

/** What the products subgraph of the compatibility tests is made of. */
export const productResolvers = [
  new ProductResolver(),
  new DeprecatedProductResolver(),
  new UserResolver(),
  new InventoryResolver(),
];

/** The schema's other parts: as the tests' own `products.graphql` links them. */
export const productSchema: Omit<RoomSchema, 'resolvers'> = {
  references: {
    Product: async (key: ProductKey) => findProduct(key),
    DeprecatedProduct: async (key: DeprecatedProduct) => findDeprecated(key),
    ProductResearch: async ({ study: { caseNumber } }: ProductResearch) =>
      research.find(({ study }) => study.caseNumber === caseNumber) ?? null,
    // What others own of the user comes with the reference, where this subgraph asked for it.
    User: async (reference: Partial<User>) => (reference.email === author.email ? { ...author, ...reference } : null),
    Inventory: async ({ id }) => ({ id }),
  },
  extensions: [Inventory],
  federation: {
    minor: 3,
    composed: [{ url: 'https://myspecs.dev/myCustomDirective/v1.0', definitions: ['directive @custom on OBJECT'] }],
  },
};

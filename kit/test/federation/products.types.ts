import 'reflect-metadata';
import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true })
export class ProductVariation {
  @Field(() => ID)
  declare id: string;
}

@Directive('@shareable')
@ObjectType({ simpleResolvers: true })
export class ProductDimension {
  @Field(() => String, { nullable: true })
  declare size: string | null;

  @Field(() => Float, { nullable: true })
  declare weight: number | null;

  @Directive('@inaccessible')
  @Field(() => String, { nullable: true })
  declare unit: string | null;
}

@ObjectType({ simpleResolvers: true })
export class CaseStudy {
  @Field(() => ID)
  declare caseNumber: string;

  @Field(() => String, { nullable: true })
  declare description: string | null;
}

@Directive('@key(fields: "study { caseNumber }")')
@ObjectType({ simpleResolvers: true })
export class ProductResearch {
  @Field(() => CaseStudy)
  declare study: CaseStudy;

  @Field(() => String, { nullable: true })
  declare outcome: string | null;
}

/** Owned by the users subgraph. */
@Directive('@extends')
@Directive('@key(fields: "email")')
@ObjectType({ simpleResolvers: true })
export class User {
  @Directive('@external')
  @Field(() => ID)
  declare email: string;

  @Directive('@override(from: "users")')
  @Field(() => String, { nullable: true })
  declare name: string | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true })
  declare totalProductsCreated: number | null;

  @Directive('@external')
  @Field(() => Int)
  declare yearsOfEmployment: number;
}

@Directive('@custom')
@Directive('@key(fields: "id")')
@Directive('@key(fields: "sku package")')
@Directive('@key(fields: "sku variation { id }")')
@ObjectType({ simpleResolvers: true })
export class Product {
  @Field(() => ID)
  declare id: string;

  @Field(() => String, { nullable: true })
  declare sku: string | null;

  @Field(() => String, { nullable: true })
  declare package: string | null;

  @Field(() => ProductVariation, { nullable: true })
  declare variation: ProductVariation | null;

  @Field(() => ProductDimension, { nullable: true })
  declare dimensions: ProductDimension | null;

  @Directive('@tag(name: "internal")')
  @Field(() => String, { nullable: true })
  declare notes: string | null;

  @Field(() => [ProductResearch])
  declare research: ProductResearch[];
}

@Directive('@key(fields: "sku package")')
@ObjectType({ simpleResolvers: true })
export class DeprecatedProduct {
  @Field(() => String)
  declare sku: string;

  @Field(() => String)
  declare package: string;

  @Field(() => String, { nullable: true })
  declare reason: string | null;
}

/** An interface in the inventory subgraph, an object here. */
@Directive('@interfaceObject')
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class Inventory {
  @Field(() => ID)
  declare id: string;
}

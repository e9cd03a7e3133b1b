import { defineEntity, p } from '@mikro-orm/core';

const CommentTemplateSchema = defineEntity({
  name: 'CommentTemplate',
  tableName: 'homework_comment_templates',
  indexes: [{ name: 'homework_comment_templates_of_owner', properties: ['ownerId', 'title', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    /** The curator's account; null means that the whole school has it. */
    ownerId: p.uuid().nullable(),
    title: p.text(),
    text: p.text(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** Something that curators say again and again. */
export class CommentTemplate extends CommentTemplateSchema.class {}
CommentTemplateSchema.setClass(CommentTemplate);

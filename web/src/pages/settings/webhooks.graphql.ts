import { graphql, type ResultOf } from '../../api/graphql.js';

const WebhookReached = graphql(`
  fragment WebhookReached on WebhookPayload {
    position
    userErrors {
      code
      message
      path
      existingId
    }
  }
`);

export const Webhooks = graphql(`
  query Webhooks($atLeast: Position) {
    webhooks(atLeast: $atLeast) {
      id
      url
      description
      status
      position
      createdAt
      createdBy
      failure {
        attempts
        failedAt
        message
        nextAttemptAt
      }
      deadLetters(first: 50) {
        totalCount
        nodes {
          position
          attempts
          failedAt
          message
          requested
        }
      }
    }
  }
`);

export const CreateWebhook = graphql(`
  mutation CreateWebhook($input: CreateWebhookInput!) {
    createWebhook(input: $input) {
      position
      secret
      userErrors {
        code
        message
        path
        existingId
      }
    }
  }
`);

export const DeleteWebhook = graphql(
  `
    mutation DeleteWebhook($input: WebhookInput!) {
      deleteWebhook(input: $input) {
        ...WebhookReached
      }
    }
  `,
  [WebhookReached],
);

export const ResumeWebhook = graphql(
  `
    mutation ResumeWebhook($input: WebhookInput!) {
      resumeWebhook(input: $input) {
        ...WebhookReached
      }
    }
  `,
  [WebhookReached],
);

export const RedeliverDeadLetters = graphql(
  `
    mutation RedeliverDeadLetters($input: RedeliverInput!) {
      redeliverDeadLetters(input: $input) {
        ...WebhookReached
      }
    }
  `,
  [WebhookReached],
);

export type WebhookView = ResultOf<typeof Webhooks>['webhooks'][number];

import { graphql, type ResultOf } from '../../api/graphql.js';

export const Settings = graphql(`
  query Settings {
    settings {
      exceptionRule
    }
  }
`);

export const ChangeSettings = graphql(`
  mutation ChangeSettings($input: ChangeSettingsInput!) {
    changeSettings(input: $input) {
      position
      userErrors {
        code
        message
        path
        existingId
      }
    }
  }
`);

export type ExceptionRule = ResultOf<typeof Settings>['settings']['exceptionRule'];

export { CodeIndex, keyOf, type Ranked, type Reference } from "./localise/code-index.ts";
export { nameOf, type Definition, type Import } from "./localise/definition.ts";
export { issueHints, type IssueHint } from "./localise/issue-hints.ts";
export type * from "./localise/localiser.ts";
export { localiserOf, LOCALISERS } from "./localise/localisers.ts";
export { raiseLines } from "./localise/raise-lines.ts";
export { CodeSearch, type SearchAnswer, type Shown } from "./localise/search-interface.ts";
export {
  FORMULAS,
  lineScores,
  methodScores,
  type Formula,
  type LineScores,
  type MethodScore,
  type Spectrum,
  type SuspiciousLines,
  type TestTrace,
} from "./localise/spectrum.ts";
export { stratifiedSearch, type SearchOutcome } from "./localise/stratified-search.ts";
export { suspiciousness, type FailureEvidence, type Suspiciousness } from "./localise/suspiciousness.ts";
export { Languages } from "./syntax/languages.ts";
export { difference, emptyCounts, Prior, type PriorCounts } from "./syntax/prior.ts";
export { fitPriorModel, type ChoiceSet } from "./syntax/prior-fit.ts";
export { UNIFORM_MODEL, type PriorModel } from "./syntax/prior-model.ts";
export { SyntaxProposer, type SyntaxProposerOptions } from "./syntax/proposer.ts";
export type * from "./syntax/types.ts";
export type { Completion, Fragment, FragmentLanguage, FragmentProgram, Surroundings } from "./fragment/fragment.ts";
export { javascriptFragments } from "./fragment/javascript.ts";
export { RandomPredictor, RulePredictor, type PredictedValue, type ValuePredictor } from "./fragment/predictor.ts";
export { pythonFragments } from "./fragment/python.ts";
export { VersionNamesProposer, type VersionNames } from "./versions/names-proposer.ts";
export * from "./numeric/index.ts";
export { estree } from "./syntax/javascript/estree.ts";
export { instrumentLines, instrumentValues, type Instrumented } from "./syntax/javascript/instrument.ts";
export { javascript, typescript } from "./syntax/javascript/language.ts";
export { SPEED_OPERATORS, speedEdits } from "./speed/edits.ts";
export { functionBody, type FunctionBody } from "./speed/function-body.ts";
export {
  ExpertProposer,
  timesOf,
  trialOf,
  withAnswer,
  withOutcome,
  type ExpertAnswer,
  type ExpertDesk,
} from "./speed/expert-proposer.ts";
export { FAMILY_OF, familiesIn, isSpeedFamily, SPEED_FAMILIES, type SpeedFamily } from "./speed/families.ts";
export {
  allFamilies,
  PersonExpert,
  ScriptedExpert,
  wantsMoreData,
  type Expert,
  type ExpertWord,
  type SpeedTrial,
} from "./critics/expert-critic.ts";
export { SpeedProposer, type SpeedProposerOptions } from "./speed/proposer.ts";
export type * from "./model/model.ts";
export { ModelError, type ModelErrorDetails, type ModelFaultKind } from "./model/model-error.ts";
export { parseModelId, type ModelAddress } from "./model/model-id.ts";
export type { ModelOptions, OpenModelOptions } from "./model/model-options.ts";
export { KEY_VARIABLES, openModel } from "./model/open-model.ts";
export type { Price } from "./model/prices.ts";
export { reachableModels, type ReachableModels } from "./model/reachable.ts";
export type { EditContext, EditFormat, EditProblem, ParsedEdits } from "./edit-formats/edit-format.ts";
export { editFormats } from "./edit-formats/registry.ts";
export { fileForms, listForms, textForms } from "./prompts/forms.ts";
export {
  buildPrompt,
  type BuiltPrompt,
  type PromptForm,
  type PromptLimits,
  type PromptPart,
} from "./prompts/prompt.ts";
export { PromptTemplates, type PromptTemplate } from "./prompts/templates.ts";
export { AGENT_PRESETS, parseAgent, type AgentCommand } from "./agent/agent-command.ts";
export { AgentProposer, type AgentProposerOptions } from "./agent/proposer.ts";
export type { AgentRoom } from "./agent/room.ts";
export { cut, type WorkPlace, type WorkTask } from "./agent/task.ts";
export { Bandit, type ArmRecord, type BanditOptions, type BanditState } from "./mix/bandit.ts";
export { MixProposer, type MixOptions } from "./mix/proposer.ts";
export { ModelProposer, type ModelProposerOptions } from "./model-proposer/proposer.ts";
export type { ModelGuidance } from "./model-proposer/parent-told.ts";
export { profileOf, recordedModel, type ModelProfile } from "./model-proposer/recorded-model.ts";
export type { ModelTask } from "./model-proposer/task.ts";
export { PersonProposer, type PersonCall, type PersonDesk } from "./person/proposer.ts";
export { BlockFence, OUTSIDE_OF_BLOCKS } from "./blocks/block-fence.ts";
export { blocksOf, joinBlocks, sameFrame, splitBlocks, type Block, type BlockGenome } from "./blocks/block-genome.ts";
export { below, codeTree, nodesBetween, type CodeNode } from "./blocks/code-tree.ts";
export { diffRegions, replayEdits, type CodeRegion, type Replayed, type TypedEdit } from "./blocks/edit-script.ts";
export { MUTATION_PROFILES, type OperatorProfile } from "./blocks/mutation-profiles.ts";
export { BlockProposer, type BlockProposerOptions } from "./blocks/proposer.ts";
export type { ChangeSet } from "./change-set.ts";
export { CriticPanel, type CriticRecord } from "./critics/critic-panel.ts";
export { evidenceOf } from "./critics/evidence.ts";
export {
  countFaults,
  describeKinds,
  FaultClassifier,
  FaultCritic,
  type FaultCounts,
  type Kinds,
} from "./critics/fault-classifier.ts";
export { ModelFaultCritic } from "./critics/model-critic.ts";
export {
  outputDistance,
  OutputDistanceCritic,
  type DistanceScore,
  type OutputDistance,
} from "./critics/output-distance.ts";
export { ValueCritic, type ValueState } from "./critics/value-critic.ts";
export { explainLines, type LineExplanation } from "./feedback/explain-lines.ts";
export { explainWithModel } from "./feedback/model-explanation.ts";
export {
  FEEDBACK_LEVELS,
  feedbackForms,
  feedbackText,
  type FailureMaterial,
  type ExecutedLines,
  type FeedbackLevel,
  type RecordedCall,
} from "./feedback/self-debug.ts";
export { addWeights, scaleWeights } from "./feedback/edit-weights.ts";
export { DIFFERENCES, differencesOf, type Difference } from "./feedback/differences.ts";
export { passOrFail } from "./feedback/simple-feedback.ts";
export { testsWeights } from "./feedback/tests-weights.ts";
export { firstDivergence, traceWeights, type Divergence, type TracedCase } from "./feedback/trace-weights.ts";
export { brokenBy, mineConstraints, type Constraint, type ObservedCall } from "./feedback/constraints.ts";
export { rolesOf, type Role, type RoleOfLine } from "./feedback/roles.ts";
export { explanationWeights } from "./feedback/explanation-weights.ts";
export { GuidedProposer, type Guide } from "./feedback/guided-proposer.ts";
export {
  BUG_IDS,
  BUG_OF,
  bugWeights,
  BUGS,
  classifyBug,
  faultClassesOf,
  type BugFinding,
  type BugId,
} from "./critics/bug-taxonomy.ts";
export { BugOperators, type BugOperatorCounts } from "./critics/bug-operators.ts";
export { BugCritic } from "./critics/bug-critic.ts";
export { weightsOf } from "./critics/critique-weights.ts";
export { codeMetrics, type CodeMetrics } from "./critics/code-metrics.ts";
export { criticGuide, testsGuide } from "./feedback/guides.ts";

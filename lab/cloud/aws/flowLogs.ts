import { flag, matching, number, object, oneOf, text, type Failure } from "../model";
import { mustText, textAt, type Properties } from "../properties";
import { newId } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import * as refer from "./references";
import * as types from "./types";

const SUBJECTS = ["vpcId", "subnetId"];

/** The record of a network's traffic. */
export const flowLog = awsModel(
  {
    type: types.FLOW_LOG,
    noun: "Flow Log",
    api: "EC2",
    calls: { create: "CreateFlowLogs", update: "CreateTags", delete: "DeleteFlowLogs" },
    scope: "region",
    inputs: {
      vpcId: text({ replaces: true, refers: refer.vpc("goesToo") }),
      subnetId: text({ replaces: true, refers: refer.subnet("goesToo") }),
      iamRoleArn: text({ replaces: true, refers: refer.roleByArn("InvalidParameter") }),
      logDestination: text({ computed: true, replaces: true, rule: matching(/^arn:aws/, "expected an ARN") }),
      logDestinationType: text({ default: "cloud-watch-logs", replaces: true, rule: oneOf("cloud-watch-logs", "s3") }),
      logFormat: text({ computed: true, replaces: true }),
      maxAggregationInterval: number({
        default: 600,
        replaces: true,
        rule: (value) => ([60, 600].includes(value) ? undefined : `expected 60 or 600 seconds, got ${String(value)}`),
      }),
      trafficType: text({ replaces: true, rule: oneOf("ACCEPT", "REJECT", "ALL") }),
      destinationOptions: object({ fileFormat: text(), hiveCompatiblePartitions: flag(), perHourPartition: flag() }, { replaces: true }),
    },
    outputs: ["arn"],
    rule: oneSubject,
    create: ({ inputs, cloud }) => {
      const toLogs = inputs["logDestinationType"] === "cloud-watch-logs";
      const destination = textAt(inputs, "logDestination");
      if (toLogs && inputs["iamRoleArn"] === undefined)
        throw new Refusal("InvalidParameter", "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.");
      if (destination === undefined) throw new Refusal("InvalidParameter", "LogDestination can't be empty.");
      if (!destination.startsWith(toLogs ? "arn:aws:logs:" : "arn:aws:s3:"))
        throw new Refusal("InvalidParameter", `LogDestination ${destination} is not of type ${mustText(inputs, "logDestinationType")}`);
      if (inputs["trafficType"] === undefined) throw new Refusal("MissingParameter", "The request must contain the parameter TrafficType");
      const bucket = destination.slice("arn:aws:s3:::".length).split("/")[0];
      if (!toLogs && cloud.by(types.BUCKET, "bucket", bucket) === undefined)
        throw new Refusal("InvalidParameter", `LogDestination: ${destination} is undeliverable`);
      if (
        cloud
          .all(types.FLOW_LOG)
          .some((one) => SUBJECTS.every((key) => one.properties[key] === inputs[key]) && one.properties["logDestination"] === destination)
      ) {
        throw new Refusal("FlowLogAlreadyExists", "There is an existing Flow Log with the same configuration and log destination.");
      }
      const id = newId("fl");
      return { id, outputs: { arn: cloud.arn("ec2", `vpc-flow-log/${id}`), logFormat: textAt(inputs, "logFormat") ?? DEFAULT_FORMAT } };
    },
  },
  "tagged",
);

/** The default record format (VPC user guide, flow log records, version 2). */
const DEFAULT_FORMAT =
  "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";

function oneSubject(inputs: Properties): Failure[] {
  const given = SUBJECTS.filter((key) => inputs[key] !== undefined);
  return given.length === 1 ? [] : [{ property: "vpcId", reason: `exactly one of ${SUBJECTS.join(", ")} must be given, got ${String(given.length)}` }];
}

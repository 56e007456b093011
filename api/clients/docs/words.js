// What stands around the documentation; the documentation itself is the contract's, in English.

import { learn } from "../kit/language.js";

learn({
  "title": { zh: "先锋银行接口", en: "Pioneer Bank API" },
  "about": {
    zh: "这里的每个页面都只用这套接口。说明由 {file}（OpenAPI {version}）生成。",
    en: "Every page here uses this API and nothing else. Made from {file} (OpenAPI {version}).",
  },
  "contents": { zh: "目录", en: "Contents" },
  "schemas": { zh: "数据结构", en: "Schemas" },
  "required": { zh: "必填", en: "required" },
  "scope": { zh: "权限：{scope}", en: "Scope: {scope}" },
  "body": { zh: "请求体：{body}", en: "Body: {body}" },
  "column.parameter": { zh: "参数", en: "Parameter" },
  "column.member": { zh: "成员", en: "Member" },
  "column.where": { zh: "位置", en: "In" },
  "column.need": { zh: "是否必填", en: "Needed" },
  "column.kind": { zh: "类型", en: "Kind" },
  "column.status": { zh: "状态码", en: "Status" },
  "column.answer": { zh: "答复", en: "Answer" },
});

import { App, AutoComplete, Button, Checkbox, ConfigProvider, DatePicker, Form, Input, InputNumber, Radio, Select, Upload } from 'antd';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { send } from './application.jsx';
import { COUNTRIES, DEGREES, NOTICE, SKILLS, YES_NO, asOptions, places } from './lists.js';

const must = [{ required: true, message: 'Please answer this' }];
const labelled = (labels) => labels.map((label, number) => ({ value: `v${number}`, label }));

function Page() {
  const [sent, setSent] = useState(false);
  const [found, setFound] = useState([]);
  if (sent) return <main><h2>Your application has been submitted</h2></main>;
  const finish = async (values) => {
    const answer = await send({ ...values, start: values.start?.format('YYYY-MM-DD'), resume: values.resume?.fileList?.[0]?.originFileObj });
    setSent(answer.ok);
  };
  return (
    <ConfigProvider><App><main>
      <h1>Workshop engineer</h1>
      <Form layout="vertical" onFinish={finish} name="apply">
        <Form.Item label="First name" name="first" rules={must}><Input /></Form.Item>
        <Form.Item label="Last name" name="last" rules={must}><Input /></Form.Item>
        <Form.Item label="E-mail" name="email" rules={[...must, { type: 'email' }]}><Input /></Form.Item>
        <Form.Item label="Phone" name="phone"><Input addonBefore="☎" /></Form.Item>
        <Form.Item label="Resume" name="resume" rules={must}>
          <Upload.Dragger beforeUpload={() => false} maxCount={1}><p>Click or drag file to this area to upload</p></Upload.Dragger>
        </Form.Item>
        <Form.Item label="Country" name="country" rules={must}><Select showSearch optionFilterProp="label" options={labelled(COUNTRIES)} /></Form.Item>
        <Form.Item label="City" name="city" rules={must}>
          <AutoComplete options={found} onSearch={async (text) => setFound((await places(text)).map((value) => ({ value })))} />
        </Form.Item>
        <Form.Item label="Highest degree" name="degree" rules={must}><Select options={labelled(DEGREES)} placeholder="Please select" /></Form.Item>
        <Form.Item label="Notice period" name="notice" rules={must}><Select options={labelled(NOTICE)} /></Form.Item>
        <Form.Item label="Skills" name="skills" rules={must}><Select mode="multiple" options={asOptions(SKILLS)} optionFilterProp="label" /></Form.Item>
        <Form.Item label="Do you now or will you in the future need visa sponsorship?" name="visa" rules={must}>
          <Radio.Group options={YES_NO} optionType="button" />
        </Form.Item>
        <Form.Item label="Total years of experience" name="years" rules={must}><InputNumber min={0} max={60} /></Form.Item>
        <Form.Item label="Earliest start date" name="start" rules={must}><DatePicker /></Form.Item>
        <Form.Item name="truth" valuePropName="checked" rules={[{ validator: (rule, value) => (value ? Promise.resolve() : Promise.reject(new Error('Please confirm'))) }]}>
          <Checkbox>I certify that the information above is true and complete</Checkbox>
        </Form.Item>
        <Button type="primary" htmlType="submit">Submit application</Button>
      </Form>
    </main></App></ConfigProvider>
  );
}

createRoot(document.getElementById('root')).render(<Page />);

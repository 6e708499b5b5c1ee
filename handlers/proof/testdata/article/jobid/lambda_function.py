# mediaConvertInputFileToJobIdEdgeApi, after the description of the handler in
# https://blog.nightonly.com (2022-05-10): its checks in their order, its answers, and
# its table in Tokyo. Written anew; it knows nothing of bench.
import json
import logging
import re
from urllib.parse import parse_qs

import boto3

logger = logging.getLogger()
logger.setLevel(logging.INFO)

ALLOWED_ORIGINS = r'https://.*\.nightonly\.com'
HEADERS = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, OPTIONS',
    'Access-Control-Allow-Headers': '*',
    'Access-Control-Max-Age': '7200',
    'Content-Type': 'application/json; charset=UTF-8',
}

session = boto3.session.Session(region_name='ap-northeast-1')
table = session.resource('dynamodb').Table('MediaConvertInputFileToJobId')


def edge_headers():
    return {name.lower(): [{'key': name, 'value': value}] for name, value in HEADERS.items()}


def error(code, message):
    return {'status': code, 'headers': edge_headers(), 'body': json.dumps({'success': False, 'message': message})}


def lambda_handler(event, context):
    logger.info(json.dumps(event))
    request = event['Records'][0]['cf']['request']

    if request['method'] == 'OPTIONS':
        return {'status': 200, 'headers': edge_headers()}
    if request['method'] != 'GET':
        return error(404, 'No route matches.')

    origin = request['headers'].get('origin', [{'value': ''}])[0]['value']
    if origin and not any(re.fullmatch(pattern, origin) for pattern in ALLOWED_ORIGINS.split()):
        return error(422, 'ORIGIN is invalid.')

    params = parse_qs(request['querystring'])
    if not params:
        return error(400, 'Not found parameter.')
    if 'input_file' not in params:
        return error(400, 'Not found parameter input_file.')
    input_file = params['input_file'][0]
    if not input_file:
        return error(422, 'Not exist parameter input_file.')

    response = table.get_item(Key={'InputFile': input_file})
    if 'Item' not in response:
        return error(422, 'Not found item.')
    return {
        'status': 200,
        'headers': edge_headers(),
        'body': json.dumps({'success': True, 'job_id': response['Item']['JobId']}),
    }
